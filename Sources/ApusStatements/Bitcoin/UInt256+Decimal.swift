// UInt256 from decimal digits, as a person types an amount of work.

extension UInt256 {
  /// From decimal digits; `nil` for anything else, or a number of more than 256 bits.
  public init?(decimal digits: some StringProtocol) {
    guard !digits.isEmpty else { return nil }
    var value = UInt256.zero
    for digit in digits.utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt256(UInt64(digit - UInt8(ascii: "0"))))
      if overflow || carry { return nil }
      value = sum
    }
    self = value
  }
}
