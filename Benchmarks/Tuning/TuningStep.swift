// One knob of a tuning: what may be chosen from where the search stands, and the work that decides.

public import ApusBench
public import ApusField

public struct TuningStep {
  /// The knob's key in profiles.
  public let knob: String
  let workload: String
  /// Names and tunings, the default's first.
  let options: (_ current: Tuning) -> [(name: String, tuning: Tuning)]
  /// The work under a tuning, with its inputs in place.
  let prepare: (_ tuning: Tuning) throws -> () -> Void

  public func trial(from current: Tuning) -> TuningTrial {
    TuningTrial(
      knob: knob, workload: workload,
      candidates: options(current).map { option in (option.name, { try prepare(option.tuning) }) })
  }

  /// The tuning that a choice of this step's trial leads to.
  public func tuning(after choice: TuningChoice, from current: Tuning) -> Tuning {
    options(current)[choice.chosen].tuning
  }
}

extension TuningStep {
  /// A step whose options are values of one member.
  init<Value: Equatable>(
    _ knob: String, _ member: WritableKeyPath<Tuning, Value>, _ values: [(String, Value)], workload: String,
    prepare: @escaping (_ tuning: Tuning) throws -> () -> Void
  ) {
    self.init(
      knob: knob, workload: workload,
      options: { current in
        values.map { name, value in
          var tuning = current
          tuning[keyPath: member] = value
          return (name, tuning)
        }
      }, prepare: prepare)
  }
}
