// Removing a signature from the script that it signs: a rule of scripts without witness, older than anyone's reasons.

extension Script {
  /// The script without every occurrence of `pushed` that begins where an instruction begins, and how many there were.
  /// What follows an occurrence is read anew, so two may touch.
  package func removing(_ pushed: [UInt8]) -> (script: Script, count: Int) {
    guard !pushed.isEmpty else { return (self, 0) }
    var (kept, keptUntil, found): ([UInt8], Int, Int) = ([], 0, 0)
    var cursor = InstructionCursor()
    repeat {
      while bytes[cursor.position...].starts(with: pushed) {
        kept += bytes[keptUntil..<cursor.position]
        cursor = InstructionCursor(at: cursor.position + pushed.count)
        keptUntil = cursor.position
        found += 1
      }
    } while cursor.next(in: bytes.span) != nil
    return found == 0 ? (self, 0) : (Script(kept + bytes[keptUntil...]), found)
  }
}
