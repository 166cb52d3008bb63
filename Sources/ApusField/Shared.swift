// Pointers that several threads read, or write in disjoint places.

/// Carries a value into the pool's threads. Whoever makes one answers for what the threads do with it: each element is
/// written by one thread and read only after the run that wrote it has ended.
package struct Shared<Value>: @unchecked Sendable {
  package let value: Value
  package init(_ value: Value) { self.value = value }
}
