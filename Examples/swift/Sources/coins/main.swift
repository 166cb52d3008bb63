import ApusField

// What the pages on writing, debugging and testing statements show.
try proveWalk(over: BabyBear.self, at: 40)
try proveWalk(over: Goldilocks.self, at: 40)
try showViolations()
try showRefusals()
