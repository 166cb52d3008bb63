// The statement of Examples/c/fibonacci.c in Rust, without Cargo or crates.
//
// rustc --edition 2021 -O fibonacci.rs -L "$(pkg-config --variable=libdir apus)" && ./fibonacci

mod apus;
use apus::{Claim, Engine, Failure, Graph, APUS_INVALID_PROOF, EACH_STEP, FIRST_ROW, LAST_ROW};

const MODULUS: u32 = 2013265921;
const ROWS: usize = 1 << 14;

fn fibonacci() -> Result<Graph, Failure> {
    let g = Graph::new("fibonacci in Rust", 2, 1)?;
    let (current, next) = (g.column(0, 0), g.column(1, 0));
    let (current_after, next_after) = (g.column(0, 1), g.column(1, 1));
    g.require(FIRST_ROW, current, g.constant(0), "starts with 0")?;
    g.require(FIRST_ROW, next, g.constant(1), "then 1")?;
    g.require(EACH_STEP, current_after, next, "next becomes current")?;
    g.require(EACH_STEP, next_after, g.add(current, next), "next is the sum")?;
    g.require(LAST_ROW, next, g.public_value(0), "ends with last")?;
    g.seal()
}

/// Two columns, one after the other.
fn trace() -> Vec<u32> {
    let mut trace = vec![0; 2 * ROWS];
    let (mut x, mut y) = (0, 1);
    for row in 0..ROWS {
        trace[row] = x;
        trace[ROWS + row] = y;
        (x, y) = (y, (x + y) % MODULUS);
    }
    trace
}

fn main() -> Result<(), Failure> {
    let (graph, trace) = (fibonacci()?, trace());
    let last = trace[2 * ROWS - 1];
    let mut claim = Claim { graph: &graph, rows: ROWS, public_values: vec![last] };
    let proof = Engine::new()?.prove(&claim, &trace)?;
    claim.verify(&proof)?;
    println!("value number {ROWS} is {last}: proven in {} bytes", proof.len());

    claim.public_values[0] ^= 1;
    let refused = claim.verify(&proof).expect_err("a false claim must be refused");
    assert_eq!(refused.status, APUS_INVALID_PROOF);
    println!("value number {ROWS} is {}: {}", claim.public_values[0], refused.message);
    Ok(())
}
