// The reader of tuning profiles: what it takes, and what it says about what it does not take. Damage at random is for
// apus-fuzz, and for the sanitizers in .ci/sanitize/tuning_harness.c.

import CApusRuntime
import Testing

@Suite struct TuningReaderTests {
  struct Reading {
    let status: apus_tuning_status
    var tuning = apus_tuning()
    var processor = apus_processor()
    let position: Int
    let message: String

    init(_ text: String) {
      var error = apus_tuning_error()
      let bytes = text.utf8.map(CChar.init(bitPattern:))
      status = apus_tuning_parse(bytes, bytes.count, &tuning, &processor, &error)
      position = error.position
      message = withUnsafeBytes(of: error.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    subscript(knob: apus_knob) -> Int32 { withUnsafePointer(to: tuning) { apus_tuning_get($0, knob) } }
  }

  static let head = """
    "format": "apus tuning", "version": 1, "cpu_vendor": "MadeUpVendor", "cpu_family": 26, "cpu_model": 2, \
    "cpu_stepping": 1, "cpu_features": "avx2 bmi2", "cpu_count": 128, "cpu_cores": 64
    """

  @Test func headAlone() {
    let reading = Reading("{\(Self.head)}")
    #expect(reading.status == APUS_TUNING_OK && reading.message.isEmpty)
    #expect(reading.processor.family == 26 && reading.processor.cpus == 128 && reading.processor.cores == 64)
    for number in 0..<APUS_KNOB_COUNT.rawValue {
      let knob = apus_knob(number)
      #expect(reading[knob] == apus_tuning_range(knob)?.pointee.preset)
    }
  }

  @Test func knobsAndSpace() {
    let reading = Reading(
      "\t\r\n { \"threads\" :\n64 , \"affinity\":\"spread\",\"huge_pages\": \"never\", \"isa_sha256_large\": \"avx2\", \(Self.head) } \n"
    )
    #expect(reading.status == APUS_TUNING_OK, "\(reading.message)")
    #expect(reading[APUS_KNOB_THREADS] == 64)
    #expect(reading[APUS_KNOB_AFFINITY] == Int32(APUS_AFFINITY_SPREAD.rawValue))
    #expect(reading[APUS_KNOB_HUGE_PAGES] == 0)
    #expect(reading[APUS_KNOB_ISA_SHA256_LARGE] == 2)
    #expect(reading[APUS_KNOB_ISA_SHA256_SMALL] == 0)
  }

  /// Every key once, and none twice: the table has no slips.
  @Test func keysAreDistinct() {
    let keys = (0..<APUS_KNOB_COUNT.rawValue).compactMap { number in
      apus_tuning_range(apus_knob(number)).map { String(cString: $0.pointee.key) }
    }
    #expect(keys.count == Int(APUS_KNOB_COUNT.rawValue) && Set(keys).count == keys.count)
  }

  @Test(arguments: [
    ("", APUS_TUNING_MALFORMED, 0, "expected '{', found the end"),
    ("[]", APUS_TUNING_MALFORMED, 0, "expected '{', found '['"),
    ("{", APUS_TUNING_MALFORMED, 1, "expected a key in quotes, found the end"),
    ("{}", APUS_TUNING_MISSING_KEY, 1, "expected the key \"format\", found the object's end"),
    ("{\"version\": 1,}", APUS_TUNING_MALFORMED, 14, "expected a key in quotes, found '}'"),
    ("{\"version\" 1}", APUS_TUNING_MALFORMED, 11, "expected ':', found '1'"),
    ("{\"version\": 1 \"x\"}", APUS_TUNING_MALFORMED, 14, "expected ',' or '}', found '\"'"),
    ("{\"version\": 2}", APUS_TUNING_UNKNOWN_FORMAT, 12, "version: expected version 1, found 2"),
    ("{\"version\": \"1\"}", APUS_TUNING_UNKNOWN_FORMAT, 12, "version: expected version 1, found \"1\""),
    (
      "{\"format\": \"apus bench\"}", APUS_TUNING_UNKNOWN_FORMAT, 11,
      "format: expected \"apus tuning\", found \"apus bench\""
    ),
    ("{\"thread\": 1}", APUS_TUNING_UNKNOWN_KEY, 1, "expected a key of version 1, found \"thread\""),
    (
      "{\"threads\": 1, \"threads\": 1}", APUS_TUNING_DUPLICATE_KEY, 15,
      "expected each key once, found \"threads\" again"
    ),
    ("{\"threads\": 1025}", APUS_TUNING_WRONG_VALUE, 12, "threads: expected a number from 0 to 1024, found 1025"),
    ("{\"threads\": \"2\"}", APUS_TUNING_WRONG_VALUE, 12, "threads: expected a number from 0 to 1024, found \"2\""),
    (
      "{\"block_rows\": 4097}", APUS_TUNING_WRONG_VALUE, 15,
      "block_rows: expected a power of two from 256 to 65536, found 4097"
    ),
    (
      "{\"affinity\": \"far\"}", APUS_TUNING_WRONG_VALUE, 13,
      "affinity: expected \"none\" or \"compact\" or \"spread\", found \"far\""
    ),
    (
      "{\"affinity\": 1}", APUS_TUNING_WRONG_VALUE, 13,
      "affinity: expected \"none\" or \"compact\" or \"spread\", found 1"
    ),
    ("{\"cpu_family\": \"x\"}", APUS_TUNING_WRONG_VALUE, 15, "cpu_family: expected a number, found \"x\""),
    ("{\"cpu_vendor\": 3}", APUS_TUNING_WRONG_VALUE, 15, "cpu_vendor: expected a string, found 3"),
    (
      "{\"cpu_vendor\": \"thirteen byte\"}", APUS_TUNING_WRONG_VALUE, 15,
      "cpu_vendor: expected a shorter string, found \"thirteen byte\""
    ),
    ("{\"threads\": -1}", APUS_TUNING_MALFORMED, 12, "expected a string or a whole number from 0, found '-'"),
    ("{\"threads\": 1.5}", APUS_TUNING_MALFORMED, 13, "expected ',' or '}', found '.'"),
    ("{\"threads\": 01}", APUS_TUNING_MALFORMED, 12, "expected a number without leading zeros, found '0'"),
    (
      "{\"threads\": 1000000000}", APUS_TUNING_MALFORMED, 12,
      "expected a number of at most 9 digits, found a longer one"
    ),
    ("{\"threads\": [1]}", APUS_TUNING_MALFORMED, 12, "expected a string or a whole number from 0, found '['"),
    ("{\"threads\": true}", APUS_TUNING_MALFORMED, 12, "expected a string or a whole number from 0, found 't'"),
    ("{\"a\\u0062\": 1}", APUS_TUNING_MALFORMED, 3, "expected a string without escapes, found '\\'"),
    ("{\"é\": 1}", APUS_TUNING_MALFORMED, 2, "expected a letter of ASCII, found byte 0xc3"),
    ("{\"a\nb\": 1}", APUS_TUNING_MALFORMED, 3, "expected a letter of ASCII, found byte 0x0a"),
    ("{\"threads", APUS_TUNING_MALFORMED, 9, "expected the string's closing quote, found the end"),
    ("{\(head)} x", APUS_TUNING_MALFORMED, head.utf8.count + 3, "expected the end, found 'x'"),
    ("{\(head)}\0", APUS_TUNING_MALFORMED, head.utf8.count + 2, "expected the end, found byte 0x00"),
  ])
  func saysWhatIsWrong(text: String, status: apus_tuning_status, position: Int, message: String) {
    let reading = Reading(text)
    #expect(reading.status == status)
    #expect(reading.position == position)
    #expect(reading.message == message)
  }

  @Test func boundsTheSize() {
    let text = "{\(Self.head)}"
    let space = String(repeating: " ", count: Int(APUS_TUNING_MAXIMUM_BYTES) - text.utf8.count)
    #expect(Reading(text + space).status == APUS_TUNING_OK)
    #expect(Reading(text + space + " ").status == APUS_TUNING_TOO_LARGE)
    let long = Reading("{\"\(String(repeating: "k", count: 200))\": 1}")
    #expect(long.status == APUS_TUNING_MALFORMED && long.position == 1, "\(long.message)")
  }

  @Test func everyCutIsRefused() {
    let text = "{\(Self.head), \"threads\": 64, \"affinity\": \"compact\"}"
    #expect(Reading(text).status == APUS_TUNING_OK)
    for length in 0..<text.utf8.count {
      let reading = Reading(String(text.prefix(length)))
      #expect(reading.status != APUS_TUNING_OK && !reading.message.isEmpty, "\(length) bytes")
      #expect(reading[APUS_KNOB_THREADS] == 0)
    }
  }
}
