// Whether a transaction waits as long as a script asks (BIP-65, BIP-68, BIP-112).

extension SpendingInput {
  /// From here on a lock time is a time, below it a height.
  private static let timeThreshold = 500_000_000

  func reaches(lockTime asked: Int) -> Bool {
    let lockTime = Int(spending.transaction.lockTime)
    let isSameKind = (lockTime < Self.timeThreshold) == (asked < Self.timeThreshold)
    // A final input switches its transaction's lock time off.
    return isSameKind && asked <= lockTime && input.sequence != .max
  }

  func reaches(sequence asked: Int) -> Bool {
    let (disabled, isTime, value) = (1 << 31, 1 << 22, 0xffff)
    let sequence = Int(input.sequence)
    guard spending.transaction.version >= 2, sequence & disabled == 0 else { return false }
    return sequence & isTime == asked & isTime && asked & value <= sequence & value
  }
}
