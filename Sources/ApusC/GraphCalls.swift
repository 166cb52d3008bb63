// apus_graph_…: a constraint graph from nothing to its digest.

import ApusCalls
import ApusSTARK
public import CApus

@c @implementation
public func apus_graph_create(
  _ name: UnsafePointer<CChar>?, _ columns: Int, _ public_values: Int, _ public_rows: Int,
  _ graph: UnsafeMutablePointer<OpaquePointer?>?
) -> apus_status {
  status {
    try GraphHandle.create(in: graph) {
      try GraphHandle(
        name: requiredName(name, "name"), columns: columns, publicValues: public_values, publicRows: public_rows)
    }
  }
}

@c @implementation
public func apus_graph_destroy(_ graph: OpaquePointer?) { GraphHandle.destroy(graph) }

// MARK: Expressions

/// One expression of the graph, or `APUS_NO_NODE`.
private func node(
  _ graph: OpaquePointer?, _ make: (inout GraphAssembly) throws(GraphError) -> GraphAssembly.Node
) -> apus_node {
  var node = apus_node(0)
  _ = status { node = try GraphHandle.at(graph).node(make) }
  return node
}

/// An expression of two others; the failure that left one of them empty is not reported again.
private func node(
  _ graph: OpaquePointer?, _ a: apus_node, _ b: apus_node,
  _ make: (inout GraphAssembly, GraphAssembly.Node, GraphAssembly.Node) throws(GraphError) -> GraphAssembly.Node
) -> apus_node {
  guard let a = operand(a), let b = operand(b) else {
    _ = status {
      _ = try GraphHandle.at(graph).fail(.argument("an operand is APUS_NO_NODE: the call that made it failed"))
    }
    return 0
  }
  return node(graph) { assembly throws(GraphError) in try make(&assembly, a, b) }
}

private func operand(_ node: apus_node) -> GraphAssembly.Node? {
  node == 0 ? nil : GraphAssembly.Node(number: Int(node) - 1)
}

@c @implementation
public func apus_graph_column(_ graph: OpaquePointer?, _ column: Int, _ rotation: Int32) -> apus_node {
  node(graph) { assembly throws(GraphError) in try assembly.column(column, rotation: Int(rotation)) }
}

@c @implementation
public func apus_graph_constant(_ graph: OpaquePointer?, _ value: UInt32) -> apus_node {
  node(graph) { assembly throws(GraphError) in try assembly.constant(UInt64(value)) }
}

@c @implementation
public func apus_graph_public_value(_ graph: OpaquePointer?, _ index: Int) -> apus_node {
  node(graph) { assembly throws(GraphError) in try assembly.publicValue(index) }
}

@c @implementation
public func apus_graph_public_row(_ graph: OpaquePointer?, _ index: Int) -> apus_node {
  node(graph) { assembly throws(GraphError) in try assembly.publicRow(index) }
}

@c @implementation
public func apus_graph_periodic(
  _ graph: OpaquePointer?, _ name: UnsafePointer<CChar>?, _ values: UnsafePointer<UInt32>?, _ count: Int
) -> apus_node {
  var made = apus_node(0)
  _ = status {
    let handle = try GraphHandle.at(graph)
    let (label, words): (String, [UInt64])
    do {
      label = try optionalName(name, "name") ?? "periodic"
      words = try ApusCalls.values(values, count, atMost: GraphAssembly.Limit.periodicValues, "values").map(UInt64.init)
    } catch {
      _ = handle.fail(CallError(error))
      throw error
    }
    made = handle.node { assembly throws(GraphError) in try assembly.periodic(label, words) }
  }
  return made
}

@c @implementation
public func apus_graph_add(_ graph: OpaquePointer?, _ a: apus_node, _ b: apus_node) -> apus_node {
  node(graph, a, b) { assembly, a, b throws(GraphError) in try assembly.add(a, b) }
}

@c @implementation
public func apus_graph_subtract(_ graph: OpaquePointer?, _ a: apus_node, _ b: apus_node) -> apus_node {
  node(graph, a, b) { assembly, a, b throws(GraphError) in try assembly.subtract(a, b) }
}

@c @implementation
public func apus_graph_multiply(_ graph: OpaquePointer?, _ a: apus_node, _ b: apus_node) -> apus_node {
  node(graph, a, b) { assembly, a, b throws(GraphError) in try assembly.multiply(a, b) }
}

// MARK: Constraints

@c @implementation
public func apus_graph_require_zero(
  _ graph: OpaquePointer?, _ rows: apus_rows, _ expression: apus_node, _ name: UnsafePointer<CChar>?
) -> apus_status {
  let handle: GraphHandle
  do { handle = try GraphHandle.at(graph) } catch { return status { throw error } }
  do throws(CallError) {
    guard let where_ = ConstrainedRows(rawValue: Int(rows)) else {
      throw .argument("rows \(rows) are unknown: they go from 0 to \(ConstrainedRows.allCases.count - 1)")
    }
    guard let node = operand(expression) else {
      throw .argument("the expression is APUS_NO_NODE: the call that made it failed")
    }
    return handle.requireZero(on: where_, node, try optionalName(name, "name"))
  } catch { return handle.fail(error) }
}

@c @implementation
public func apus_graph_seal(_ graph: OpaquePointer?) -> apus_status {
  status { try GraphHandle.at(graph).seal() }
}

// MARK: What follows from a sealed graph

@c @implementation
public func apus_graph_digest(_ graph: OpaquePointer?, _ digest: UnsafeMutablePointer<UInt8>?) -> apus_status {
  status {
    let digest = try required(digest, "digest")
    let bytes = try GraphHandle.at(graph).graph().digest
    digest.update(from: bytes, count: bytes.count)
  }
}

@c @implementation
public func apus_graph_measure(
  _ graph: OpaquePointer?, _ constraints: UnsafeMutablePointer<Int>?, _ degree: UnsafeMutablePointer<Int>?
) -> apus_status {
  status {
    let graph = try GraphHandle.at(graph).graph()
    if constraints != nil { try required(constraints, "constraints").pointee = graph.constraintCount }
    if degree != nil { try required(degree, "degree").pointee = graph.degree }
  }
}
