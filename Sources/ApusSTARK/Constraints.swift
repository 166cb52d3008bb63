// How a statement writes down its constraints: expressions over columns, required under a row selector.

public import ApusField

/// The columns of a trace, by name.
public protocol TraceColumn {
  var index: Int { get }
  static var names: [String] { get }
}

extension TraceColumn where Self: CaseIterable & RawRepresentable, RawValue == Int {
  public var index: Int { rawValue }
  public static var names: [String] { allCases.map { "\($0)" } }
}

/// An arithmetic expression over a trace's columns, public values and periodic columns.
public struct Expression {
  let builder: ConstraintBuilder
  let node: Int

  private func constant(_ value: some TwoAdicField) -> Expression {
    Expression(builder: builder, node: builder.number(of: value))
  }
  private func constant(_ value: Int) -> Expression {
    Expression(builder: builder, node: builder.number(ofInteger: value))
  }

  public static func + (a: Expression, b: Expression) -> Expression {
    Expression(builder: a.builder, node: a.builder.add(a.node, b.node))
  }
  public static func - (a: Expression, b: Expression) -> Expression {
    Expression(builder: a.builder, node: a.builder.subtract(a.node, b.node))
  }
  public static func * (a: Expression, b: Expression) -> Expression {
    Expression(builder: a.builder, node: a.builder.multiply(a.node, b.node))
  }

  // With constants: elements of the statement's field, or integers modulo its prime.
  public static func + (a: Expression, b: some TwoAdicField) -> Expression { a + a.constant(b) }
  public static func + (a: some TwoAdicField, b: Expression) -> Expression { b.constant(a) + b }
  public static func - (a: Expression, b: some TwoAdicField) -> Expression { a - a.constant(b) }
  public static func - (a: some TwoAdicField, b: Expression) -> Expression { b.constant(a) - b }
  public static func * (a: Expression, b: some TwoAdicField) -> Expression { a * a.constant(b) }
  public static func * (a: some TwoAdicField, b: Expression) -> Expression { b.constant(a) * b }
  public static func + (a: Expression, b: Int) -> Expression { a + a.constant(b) }
  public static func + (a: Int, b: Expression) -> Expression { b.constant(a) + b }
  public static func - (a: Expression, b: Int) -> Expression { a - a.constant(b) }
  public static func - (a: Int, b: Expression) -> Expression { b.constant(a) - b }
  public static func * (a: Expression, b: Int) -> Expression { a * a.constant(b) }
  public static func * (a: Int, b: Expression) -> Expression { b.constant(a) * b }
}

/// What a statement's `constrain` writes into.
public struct Constraints<Column: TraceColumn> {
  let builder: ConstraintBuilder

  private func expression(_ node: ConstraintNode) -> Expression {
    Expression(builder: builder, node: builder.number(of: node))
  }

  /// The column's value on the row at hand, or `rotation` rows further on (backwards if negative), cyclic.
  public subscript(column: Column, rotation: Int = 0) -> Expression {
    expression(.column(column.index, rotation: rotation))
  }
  /// The public value of that number.
  public func `public`(_ index: Int) -> Expression { expression(.publicValue(index)) }
  public func constant(_ value: some TwoAdicField) -> Expression {
    Expression(builder: builder, node: builder.number(of: value))
  }
  /// An integer modulo the field's prime.
  public func constant(_ value: Int) -> Expression {
    Expression(builder: builder, node: builder.number(ofInteger: value))
  }

  /// A column that repeats `values`, whose number is a power of two from 2 on and divides the trace's rows.
  public func periodic(_ name: String, _ values: [some TwoAdicField]) -> Expression {
    periodic(name, canonical: values.map { builder.canonical($0) })
  }
  /// A column that repeats integers modulo the field's prime.
  public func periodic(_ name: String, _ values: [Int]) -> Expression {
    periodic(name, canonical: values.map { builder.modulus.residue(of: $0) })
  }
  private func periodic(_ name: String, canonical values: [UInt64]) -> Expression {
    precondition(
      values.count >= 2 && values.count & (values.count - 1) == 0, "a period is a power of two from 2 on")
    let node = builder.addPeriodic(PeriodicColumn(name: name, values: values))
    return Expression(builder: builder, node: node)
  }

  /// Where constraints hold; `require` adds one.
  public struct Rows {
    let builder: ConstraintBuilder
    let selector: Expression?

    /// Requires `expression` to be zero on these rows.
    public func requireZero(_ expression: Expression, _ name: String) {
      builder.require(expression.node, where: selector?.node, name)
    }
    /// Requires both sides to be equal on these rows.
    public func require(_ a: Expression, equals b: Expression, _ name: String = "equality") {
      requireZero(a - b, name)
    }
    public func require(_ a: Expression, equals b: some TwoAdicField, _ name: String = "equality") {
      requireZero(a - b, name)
    }
    public func require(_ a: Expression, equals b: Int, _ name: String = "equality") {
      requireZero(a - b, name)
    }
  }

  private func on(_ selector: Expression?, _ body: (Rows) -> Void) { body(Rows(builder: builder, selector: selector)) }

  public func onEveryRow(_ body: (Rows) -> Void) { on(nil, body) }
  public func onFirstRow(_ body: (Rows) -> Void) { on(expression(.firstRow), body) }
  public func onLastRow(_ body: (Rows) -> Void) { on(expression(.lastRow), body) }
  /// Every row but the last: where `[column, +1]` is the next row.
  public func onEachStep(_ body: (Rows) -> Void) { on(expression(.notLastRow), body) }
  /// Every row but the first: where `[column, -1]` is the row before.
  public func onEachRowAfterFirst(_ body: (Rows) -> Void) { on(expression(.notFirstRow), body) }
  /// The row that the statement's `publicRows[index]` names: one graph serves every choice of it.
  public func onPublicRow(_ index: Int, _ body: (Rows) -> Void) { on(expression(.publicRow(index)), body) }
  /// The rows on which `selector` (a periodic column, say) is not zero.
  public func onRows(where selector: Expression, _ body: (Rows) -> Void) { on(selector, body) }
}
