"""What is known of running and back pain: findings with their sources come out, for pages, priors and answers.

One table: `pathways.PATHWAYS`, `running.RUNNING` and `claims.CLAIMS`; nothing else states a published number.
"""
