// A constraint graph behind a handle: assembled call by call, then sealed.

import ApusCalls
import ApusField
import ApusSTARK
import CApus
import Synchronization

final class GraphHandle: Handle {
  static let argument = "graph"

  private struct State: ~Copyable {
    var assembly: GraphAssembly
    var constraints = 0
    var failure: CallError?
    var sealed: ConstraintGraph?
  }

  let name: String
  private let state: Mutex<State>

  init(name: String, columns: Int, publicValues: Int, publicRows: Int) throws {
    self.name = name
    state = Mutex(
      State(
        assembly: try GraphAssembly(
          columns: columns, publicValues: publicValues, publicRows: publicRows, over: BabyBear.self)))
  }

  // MARK: Building

  /// An expression's number for C, one more than the graph's own: 0 is none. The first failure is remembered.
  func node(_ make: (inout GraphAssembly) throws(GraphError) -> GraphAssembly.Node) -> apus_node {
    var node: apus_node = 0
    _ = change { state throws(GraphError) in node = apus_node(try make(&state.assembly).number + 1) }
    return node
  }

  func requireZero(on rows: ConstrainedRows, _ expression: GraphAssembly.Node, _ name: String?) -> apus_status {
    change { state throws(GraphError) in
      try state.assembly.requireZero(expression, on: rows, name ?? "\(state.constraints)")
      state.constraints += 1
    }
  }

  /// Remembers a failure that was found before the graph was asked, and reports the first of all: what went wrong
  /// first is why an operand is missing later.
  func fail(_ error: CallError) -> apus_status {
    let first = state.withLock { state in
      if state.failure == nil && state.sealed == nil { state.failure = error }
      return state.failure ?? error
    }
    return status { throw first }
  }

  private func change(_ body: (inout State) throws(GraphError) -> Void) -> apus_status {
    state.withLock { state in
      status {
        guard state.sealed == nil else { throw CallError.argument("the graph is sealed: nothing can be added to it") }
        do { try body(&state) } catch {
          let error = CallError(error)
          if state.failure == nil { state.failure = error }
          throw error
        }
      }
    }
  }

  // MARK: Using

  func seal() throws { _ = try graph(sealing: true) }

  /// The graph, if it is sealed.
  func graph(sealing: Bool = false) throws -> ConstraintGraph {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      if let sealed = state.sealed { return sealed }
      guard sealing else { throw CallError.argument("the graph is not sealed yet: call apus_graph_seal") }
      do {
        let graph = try state.assembly.graph()
        state.sealed = graph
        return graph
      } catch {
        state.failure = CallError(error)
        throw error
      }
    }
  }
}
