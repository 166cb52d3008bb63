// How the page looks, in light and in dark.

/// Colours are named once, for light and for dark; all else is the reader's own font and sizes.
let pageStyle: String = {
  func colors(_ color: (ChartColor) -> String) -> String {
    ChartColor.allCases.map { "--\($0.rawValue): \(color($0));" }.joined(separator: " ")
  }
  let classes = ChartColor.allCases.map { color in
    ".\(color.rawValue) { fill: var(--\(color.rawValue)); stroke: none; --own: var(--\(color.rawValue)); }"
  }
  return """

    :root { color-scheme: light dark; --page: #fdfdfc; --ink: #1c1f24; --quiet: #60656e; --grid: #e3e4e6;
      \(colors(\.light)) }
    @media (prefers-color-scheme: dark) {
      :root { --page: #15171b; --ink: #e6e7e9; --quiet: #9ba1ab; --grid: #30343b;
        \(colors(\.dark)) }
    }
    body { background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; max-width: 960px;
      margin: 2rem auto; padding: 0 1rem; }
    figure { margin: 1.5rem 0; }
    figcaption { font-weight: 600; margin-bottom: .4rem; }
    svg { width: 100%; height: auto; }
    svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
    svg text.quiet { fill: var(--quiet); }
    pre { overflow-x: auto; font-size: 12px; }
    \(classes.joined(separator: "\n"))
    .grid { stroke: var(--grid); }
    .mark { stroke: var(--quiet); stroke-dasharray: 4 4; }
    .line { fill: none; stroke: var(--own); stroke-width: 2; }
    .bound { stroke-dasharray: 3 4; stroke-width: 1.5; }
    .legend { margin: 0 0 .4rem; }
    .key::before { content: ""; display: inline-block; width: .8em; height: .8em; border-radius: 2px;
      background: var(--own); margin: 0 .4em 0 1em; }

    """
}()
