// Which colour stands for what: instruction sets keep theirs in every chart; what is none of ours is a baseline.

enum ChartColor: String, CaseIterable {
  case portable, avx2, avx512, baseline

  init(engine: String) { self = Self(rawValue: engine) ?? .baseline }

  /// Fills what has this class; light, then dark. Neighbours differ in lightness too, for eyes that see no hues.
  var light: String {
    switch self {
    case .portable: "#8a8f98"
    case .avx2: "#4a90d9"
    case .avx512: "#1f4e9c"
    case .baseline: "#c2762b"
    }
  }
  var dark: String {
    switch self {
    case .portable: "#7d838d"
    case .avx2: "#4f8fd0"
    case .avx512: "#a9cdfb"
    case .baseline: "#e0a35f"
    }
  }
}
