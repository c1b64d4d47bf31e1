#!/bin/sh
#SBATCH --job-name=backstride-cohort
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=24:00:00
# Answers a cohort on Slurm. Not tried on a real Slurm; the same code is tested with submitit's local jobs.
#
#   python -m venv ~/backstride && ~/backstride/bin/pip install 'backstride[cluster]'
#   sbatch examples/cohort_slurm.sh
#
# This job only hands out the work, twenty diaries a job, and may be killed and submitted again at any time. Store,
# environment and compiled engine (BACKSTRIDE_DATA) must lie on a disk that all machines see.
set -eu
export BACKSTRIDE_DATA="$HOME/backstride-data"
exec "$HOME/backstride/bin/backstride" cohort answers "$HOME/study" --engine slurm --workers 100
