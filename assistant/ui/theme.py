"""The colours of day and night, told once: to our own style sheet and to Gradio's theme."""

from __future__ import annotations

from typing import Any

FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
MONO_FONTS = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

# Warm paper and ink, one quiet green-blue for what can be pressed. A test holds every pair of
# text and ground to a contrast of 4.5, and every edge and focus ring to 3.
LIGHT = {
    "paper": "#fbf8f3",
    "raised": "#ffffff",
    "sunk": "#f3eee5",
    "line": "#ddd5c7",
    "edge": "#857a69",
    "ink": "#211c15",
    "quiet": "#5a5145",
    "accent": "#0b5d57",
    "accent-strong": "#074641",
    "accent-soft": "#e2eeea",
    "on-accent": "#ffffff",
    "mark": "#fbe8a6",
    "on-mark": "#211c15",
    "focus": "#b4470f",
    "holds": "#1d6237",
    "holds-soft": "#e3f0e5",
    "halted": "#93310f",
    "halted-soft": "#fbe8de",
    "waits": "#6d5100",
    "waits-soft": "#f9eecb",
    "past": "#5a5145",
    "past-soft": "#ece6da",
}
DARK = {
    "paper": "#1a1713",
    "raised": "#231f1a",
    "sunk": "#131110",
    "line": "#3c362d",
    "edge": "#8f8472",
    "ink": "#f2ebdf",
    "quiet": "#bfb4a3",
    "accent": "#7fcbc1",
    "accent-strong": "#a5dfd7",
    "accent-soft": "#1f3532",
    "on-accent": "#0b1f1d",
    "mark": "#5c4a15",
    "on-mark": "#fff4d6",
    "focus": "#f4b56e",
    "holds": "#93d6a4",
    "holds-soft": "#1c2f21",
    "halted": "#f5b598",
    "halted-soft": "#3b2217",
    "waits": "#ead07e",
    "waits-soft": "#352c10",
    "past": "#bfb4a3",
    "past-soft": "#2e2921",
}


def style_variables() -> str:
    """CSS that sets every colour: by the reader's system, and over it by ``data-theme``."""
    day, night = _declarations("light", LIGHT), _declarations("dark", DARK)
    fonts = ", ".join(f'"{font}"' if " " in font else font for font in FONTS)
    return (
        f":root {{ --font: {fonts}; {day} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {night} }} }}\n"
        f':root[data-theme="light"] {{ {day} }}\n'
        f':root[data-theme="dark"] {{ {night} }}\n'
    )


def gradio_theme() -> Any:
    """Gradio's base theme in our colours and system fonts, for the frame that Gradio draws."""
    import gradio as gr

    theme = gr.themes.Base(font=list(FONTS), font_mono=list(MONO_FONTS))
    settings: dict[str, str] = {}
    for name, colour in {
        "body_background_fill": "paper",
        "body_text_color": "ink",
        "body_text_color_subdued": "quiet",
        "background_fill_primary": "paper",
        "background_fill_secondary": "sunk",
        "border_color_primary": "line",
        "block_background_fill": "paper",
        "link_text_color": "accent",
    }.items():
        settings[name] = LIGHT[colour]
        settings[f"{name}_dark"] = DARK[colour]
    return theme.set(**settings)


def _declarations(scheme: str, colours: dict[str, str]) -> str:
    pairs = "; ".join(f"--{name}: {value}" for name, value in colours.items())
    return f"color-scheme: {scheme}; {pairs};"
