// The extensions that challenges are drawn from, as a list that tests go through.

import ApusField
import ApusSTARK

protocol ProvenExtension: ChallengeField where Base: ProvingField {}

extension BabyBear5: ProvenExtension {}
extension BabyBear4: ProvenExtension {}
extension Goldilocks3: ProvenExtension {}

/// Of degree 5, 4 and 3.
let provenExtensions: [any ProvenExtension.Type] = [BabyBear5.self, BabyBear4.self, Goldilocks3.self]
