// Which knobs are tried in which order, on which work. Where threads run comes first, since all else depends on it;
// instruction sets, of which the widest is seldom the wrong one, come last, and are compared on one thread.

internal import ApusField
internal import CApusRuntime

/// All steps, in order.
///
/// - Parameter isQuick: small workloads, of some milliseconds each.
public func tuningSteps(isQuick: Bool) -> [TuningStep] {
  var topology = apus_topology()
  apus_topology_read(&topology)
  let threads = threadCounts(usable: topology.usable_threads, cores: topology.cores_allowed)
  let proof = TuningWork.proof(logRows: isQuick ? 10 : 16)
  return [
    TuningStep("threads", \.threads, threads, workload: proof.name, prepare: proof.prepare),
    TuningStep(
      "affinity", \.affinity, affinities(topology), workload: proof.name, prepare: proof.prepare),
    TuningStep(
      "spin_microseconds", \.spinMicroseconds, [20, 0, 50].map { ("\($0)", $0) },
      workload: TuningWork.shortProof.name, prepare: TuningWork.shortProof.prepare),
    TuningStep(
      "huge_pages", \.hugePages, topology.transparent_huge_pages == 0 ? [("madvise", true)] : pagePolicies,
      workload: TuningWork.extension(isQuick: isQuick).name, prepare: TuningWork.extension(isQuick: isQuick).prepare),
  ] + blockSteps(isQuick: isQuick, proof)
    + KernelFamily.allCases.flatMap { family in SizeClass.allCases.map { setStep(family, $0, isQuick: isQuick) } }
}

private let pagePolicies = [("madvise", true), ("never", false)]

/// Every usable CPU; every core, where cores have two hardware threads; then halves.
private func threadCounts(usable: Int, cores: Int) -> [(String, Int?)] {
  var counts: [Int] = []
  for count in [cores, usable / 2, usable / 4, 1] where count >= 1 && count < usable && !counts.contains(count) {
    counts.append(count)
  }
  return [("each usable CPU, \(usable)", nil)] + counts.map { ("\($0)", $0) }
}

/// On one node both orders are the same.
private func affinities(_ topology: apus_topology) -> [(String, Tuning.Affinity)] {
  let all: [Tuning.Affinity] = topology.numa_nodes > 1 ? [.none, .compact, .spread] : [.none, .compact]
  return all.map { ("\($0)", $0) }
}

private func setStep(_ family: KernelFamily, _ size: SizeClass, isQuick: Bool) -> TuningStep {
  let narrower = InstructionSet.allCases.filter { $0.isSupported && $0 != .best }.reversed()
  // A set that is narrower still has less reason to win: where time is short, it is not tried.
  let sets = isQuick ? Array(narrower.prefix(1)) : Array(narrower)
  let work = TuningWork.kernels(family, size, isQuick: isQuick)
  return TuningStep(
    "isa_\(family)_\(size)", \.instructionSets[family, size],
    [("widest, \(InstructionSet.best)", nil)] + sets.map { ($0.rawValue, $0) }, workload: work.name,
    prepare: work.prepare)
}

private func blockSteps(isQuick: Bool, _ proof: TuningWork) -> [TuningStep] {
  let tree = TuningWork.tree(logRows: isQuick ? 13 : 16)
  return [
    TuningStep(
      "block_rows", \.blockRows, [4096, 2048, 1024, 8192, 16_384].map { ("\($0)", $0) }, workload: proof.name,
      prepare: proof.prepare),
    TuningStep(
      "subtree_leaves", \.subtreeLeaves, [1024, 512, 256, 2048, 4096].map { ("\($0)", $0) }, workload: tree.name,
      prepare: tree.prepare),
    TuningStep(
      "split_cells", \.splitCells, [0, 1 << 8, 1 << 10, 1 << 12, 1 << 14, 1 << 16].map { ("\($0)", $0) },
      workload: TuningWork.shortTransforms.name, prepare: TuningWork.shortTransforms.prepare),
  ]
}
