// Statements written down through the C ABI.

import CApus

/// A sequence in which each value is the sum of the two before it.
enum CFibonacci {
  static let name = "fibonacci in C"
  static let modulus: UInt32 = 2_013_265_921

  static func graph(name: String = name, sealed: Bool = true) throws -> Owned {
    let graph = try makeGraph(name, columns: 2, publicValues: 1)
    let g = graph.pointer
    let (current, next) = (apus_graph_column(g, 0, 0), apus_graph_column(g, 1, 0))
    let (currentAfter, nextAfter) = (apus_graph_column(g, 0, 1), apus_graph_column(g, 1, 1))
    let one = apus_graph_constant(g, 1)
    let last = apus_graph_public_value(g, 0)
    func require(_ rows: Int, _ expression: apus_node, _ name: String) {
      _ = apus_graph_require_zero(g, apus_rows(rows), expression, name)
    }
    require(APUS_FIRST_ROW, current, "starts with 0")
    require(APUS_FIRST_ROW, apus_graph_subtract(g, next, one), "then 1")
    require(APUS_EACH_STEP, apus_graph_subtract(g, currentAfter, next), "next becomes current")
    require(
      APUS_EACH_STEP, apus_graph_subtract(g, nextAfter, apus_graph_add(g, current, next)), "next is the sum")
    require(APUS_LAST_ROW, apus_graph_subtract(g, next, last), "ends with last")
    if sealed { _ = apus_graph_seal(g) }
    return graph
  }

  static func trace(rows: Int) -> [UInt32] {
    var columns: [[UInt32]] = [[], []]
    var (x, y): (UInt32, UInt32) = (0, 1)
    for _ in 0..<rows {
      columns[0].append(x)
      columns[1].append(y)
      (x, y) = (y, (x + y) % modulus)
    }
    return columns[0] + columns[1]
  }

  static func claim(rows: Int) throws -> (claim: Claim, trace: [UInt32]) {
    let trace = trace(rows: rows)
    return (Claim(graph: try graph(), rows: rows, publicValues: [trace[2 * rows - 1]]), trace)
  }
}

/// Every kind of leaf and row selector, over one column: 1, 3, 3, 9, 9, …, each value the one before times 3 and times 1
/// in turn. The claim names an odd row and the value there.
enum Everything {
  static func graph() throws -> Owned {
    let graph = try makeGraph("everything", columns: 1, publicValues: 1, publicRows: 1)
    let g = graph.pointer
    let factor = apus_graph_periodic(g, "factor", [3, 1], 2)
    let (x, after, before) = (apus_graph_column(g, 0, 0), apus_graph_column(g, 0, 1), apus_graph_column(g, 0, -1))
    let step = apus_graph_subtract(g, after, apus_graph_multiply(g, factor, x))
    _ = apus_graph_require_zero(g, apus_rows(APUS_EACH_STEP), step, "steps")
    // On an odd row, the next value is three times the one before.
    let both = apus_graph_multiply(g, apus_graph_constant(g, 3), before)
    let across = apus_graph_multiply(
      g, apus_graph_subtract(g, after, both), apus_graph_column(g, 0, 0))
    let inside = apus_graph_multiply(g, apus_graph_public_row(g, 0), across)
    _ = apus_graph_require_zero(g, apus_rows(APUS_EVERY_ROW), inside, nil)
    let named = apus_graph_multiply(
      g, apus_graph_public_row(g, 0), apus_graph_subtract(g, x, apus_graph_public_value(g, 0)))
    _ = apus_graph_require_zero(g, apus_rows(APUS_EVERY_ROW), named, "value on the public row")
    let first = apus_graph_subtract(g, x, apus_graph_constant(g, 1))
    _ = apus_graph_require_zero(g, apus_rows(APUS_FIRST_ROW), first, "starts with 1")
    let backwards = apus_graph_multiply(
      g, apus_graph_subtract(g, x, before), apus_graph_subtract(g, x, both))
    _ = apus_graph_require_zero(g, apus_rows(APUS_EACH_AFTER_FIRST), backwards, "same or three times")
    _ = apus_graph_seal(g)
    return graph
  }

  static func trace(rows: Int) -> [UInt32] {
    var trace: [UInt32] = [1]
    for row in 1..<rows {
      let factor: UInt64 = row % 2 == 1 ? 3 : 1
      trace.append(UInt32(UInt64(trace[row - 1]) * factor % UInt64(CFibonacci.modulus)))
    }
    return trace
  }
}
