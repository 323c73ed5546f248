"""The page that a browser shows after a sign-in: what happened, and what to do next. It loads nothing."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { color-scheme: light dark; --window: #F7F7F8; --surface: #FFFFFF; --line: #E4E4E8; --text: #1B1B1F;
  --text2: #62626D; --good: #1A9E5C; --good-tint: #E6F5EC; --bad: #DC3B3F; --bad-tint: #FDEBEB; --calm: #62626D;
  --calm-tint: #F1F1F3 }
@media (prefers-color-scheme: dark) { :root { --window: #17181B; --surface: #1F2024; --line: #2E3036;
  --text: #ECECF0; --text2: #A2A2AE; --good: #4CC38A; --good-tint: #1C3329; --bad: #FF6B6B; --bad-tint: #3D2427;
  --calm: #A2A2AE; --calm-tint: #2A2C31 } }
* { box-sizing: border-box; margin: 0 }
body { background: var(--window); color: var(--text); min-height: 100vh; padding: 24px; display: grid;
  place-items: center; font: 15px/22px Inter, "Segoe UI", system-ui, -apple-system, sans-serif }
main { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; max-width: 448px; width: 100%;
  padding: 32px 24px 24px; text-align: center; overflow-wrap: anywhere; text-wrap: balance }
svg { width: 48px; height: 48px; fill: none; stroke-width: 2.5; stroke-linecap: round; stroke-linejoin: round }
.good svg { stroke: var(--good) } .good circle { fill: var(--good-tint); stroke: none }
.bad svg { stroke: var(--bad) } .bad circle { fill: var(--bad-tint); stroke: none }
.calm svg { stroke: var(--calm) } .calm circle { fill: var(--calm-tint); stroke: none }
h1 { font-size: 20px; line-height: 26px; font-weight: 600; margin: 16px 0 8px }
p { color: var(--text2); margin-top: 8px }
p.next { color: var(--text) }
footer { border-top: 1px solid var(--line); color: var(--text2); font-size: 12px; line-height: 17px;
  margin-top: 24px; padding-top: 16px }
"""
_SIGNS = {
    "good": '<path d="M15 24.5l6.5 6.5L33.5 18"/>',
    "bad": '<path d="M24 14v12"/><path d="M24 33.5v.01"/>',
    "calm": '<path d="M17 17l14 14"/><path d="M31 17L17 31"/>',
}
SECURITY_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def signed_in(name: str) -> str:
    """After a sign-in to the provider of that name."""
    return _page("good", f"You are signed in to {name}", "", "Close this tab and return to Rolecall.")


def declined(name: str) -> str:
    """After the person refused."""
    return _page("calm", f"You are not signed in to {name}", "", "Close this tab. You can sign in again from Rolecall.")


def failed(name: str, title: str, detail: str, remedy: str) -> str:
    """After a failure; the texts are those of the error."""
    end = "" if title.endswith(".") else "."
    said = f"{title}{end} {detail}".strip()
    return _page("bad", f"The sign-in to {name} failed", said, f"Close this tab and return to Rolecall. {remedy}")


def misfit() -> str:
    """For an answer that is none; the sign-in is still waited for."""
    said = "What the provider sent back makes no sense."
    return _page("bad", "This did not work", said, "Close this tab, and sign in again from Rolecall.")


def _page(mood: str, title: str, said: str, following: str) -> str:
    detail = f"\n<p>{escape(said)}</p>" if said else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} - Rolecall</title>
<style>{_STYLE}</style>
</head>
<body>
<main class="{mood}">
<svg viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="24"/>{_SIGNS[mood]}</svg>
<h1>{escape(title)}</h1>{detail}
<p class="next">{escape(following)}</p>
<footer>This page comes from Rolecall on this computer.</footer>
</main>
</body>
</html>
"""
