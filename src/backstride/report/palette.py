"""The colours: each role has a light and a dark hex value, with a contrast of at least 4.5 on its ground."""

LIGHT = {
    "ground": "#FBFAF7",
    "raised": "#FFFFFF",
    "ink": "#1F2A2E",
    "quiet": "#566266",
    "line": "#D9D6CE",
    "running": "#0B6E6E",
    "pain": "#B4472E",
    "prior": "#6A5A8C",
    "stop": "#9B1C31",
}
DARK = {
    "ground": "#14191B",
    "raised": "#1C2326",
    "ink": "#ECE8E1",
    "quiet": "#A9B2B3",
    "line": "#2F3A3D",
    "running": "#5CC2BD",
    "pain": "#F0916F",
    "prior": "#B7A6DC",
    "stop": "#FF8B98",
}
READABLE = ("ink", "quiet", "running", "pain", "prior", "stop")


def paint(role: str) -> str:
    """Return the colour of a role in a drawing; outside a page it falls back to light."""
    return f"var(--{role}, {LIGHT[role]})"


def style_variables(colours: dict[str, str]) -> str:
    """Format the colours as CSS custom properties."""
    return " ".join(f"--{role}: {value};" for role, value in colours.items())
