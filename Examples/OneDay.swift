// The day of headers that `apus prove headers` proves when it is given no input: the file beside this one,
// embedded at build time, so that the table stands once and the executable needs no file.

/// 144 consecutive Bitcoin mainnet headers from height 822,528.
public enum OneDay {
  public static let name = "one-day-822528.csv"
  /// The bytes of `one-day-822528.csv`.
  public static var csv: [UInt8] { PackageResources.one_day_822528_csv }
}
