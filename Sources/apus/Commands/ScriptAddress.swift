// `apus script address`: addresses to scripts and back.

public import ApusScript
public import ArgumentParser

extension Network: ExpressibleByArgument {}

struct ScriptAddress: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "address",
    abstract: "Show the script that an address stands for, or the address of a script.",
    discussion: "Example: apus script address bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0")

  @Argument(
    help: ArgumentHelp("An address; with --script a script's bytes as hexadecimal digits.", valueName: "address"))
  var text: String

  @Flag(help: "Show a script's address.")
  var script = false

  @Option(help: "Whose address; testnets and signets share theirs.")
  var network: Network = .mainnet

  @Flag(help: "Report as one JSON object.")
  var json = false

  func report() throws(Failure) -> AddressReport {
    guard script else {
      return AddressReport(try failing(.invalid) { try Address(text, network: network) }, network)
    }
    let script = Script(try bytes(hexadecimal: text, of: "the script"))
    guard let address = Address(of: script) else {
      throw .invalid("the script has no address: it pays to no key's hash, script's hash or witness program")
    }
    return AddressReport(address, network)
  }
}

struct AddressReport: Report {
  let address: String
  let network: String
  let kind: String
  let script: String
  let assembly: String

  init(_ address: Address, _ network: Network) {
    self.address = address.text(on: network)
    self.network = network.rawValue
    switch address {
    case .keyHash: kind = "key hash"
    case .scriptHash: kind = "script hash"
    case .witness(let program): kind = "witness program of version \(program.version), \(program.bytes.count) bytes"
    }
    script = hexadecimal(address.script.bytes)
    assembly = address.script.assembly
  }

  var text: String {
    var rows = Rows()
    rows.row("address", address)
    rows.row("network", network)
    rows.row("kind", kind)
    rows.row("script", script)
    rows.row("assembly", assembly)
    return rows.text
  }
}
