// The part of apus.h that the example uses, as Rust declares it, and owners for its handles.

#![allow(non_camel_case_types)]

use std::ffi::{c_char, c_void, CStr, CString};
use std::ptr::{null, null_mut};

pub type apus_status = i32;
pub type apus_node = u32;
pub const APUS_OK: apus_status = 0;
pub const APUS_INVALID_PROOF: apus_status = 6;
pub const FIRST_ROW: u32 = 1;
pub const LAST_ROW: u32 = 2;
pub const EACH_STEP: u32 = 3;

#[repr(C)]
pub struct apus_claim {
    struct_size: usize,
    graph: *const c_void,
    rows: usize,
    public_values: *const u32,
    public_value_count: usize,
    public_rows: *const usize,
    public_row_count: usize,
    label: *const u8,
    label_length: usize,
}

#[link(name = "apus")]
extern "C" {
    fn apus_status_name(status: apus_status) -> *const c_char;
    fn apus_error_message() -> *const c_char;
    fn apus_engine_create(isa: *const c_char, threads: usize, engine: *mut *mut c_void) -> apus_status;
    fn apus_engine_destroy(engine: *mut c_void);
    fn apus_graph_create(
        name: *const c_char, columns: usize, values: usize, rows: usize, graph: *mut *mut c_void,
    ) -> apus_status;
    fn apus_graph_destroy(graph: *mut c_void);
    fn apus_graph_column(graph: *mut c_void, column: usize, rotation: i32) -> apus_node;
    fn apus_graph_constant(graph: *mut c_void, value: u32) -> apus_node;
    fn apus_graph_public_value(graph: *mut c_void, index: usize) -> apus_node;
    fn apus_graph_add(graph: *mut c_void, a: apus_node, b: apus_node) -> apus_node;
    fn apus_graph_subtract(graph: *mut c_void, a: apus_node, b: apus_node) -> apus_node;
    fn apus_graph_require_zero(graph: *mut c_void, rows: u32, node: apus_node, name: *const c_char) -> apus_status;
    fn apus_graph_seal(graph: *mut c_void) -> apus_status;
    fn apus_prove(
        engine: *const c_void, claim: *const apus_claim, trace: *const u32, words: usize, options: *const c_void,
        proof: *mut *mut c_void,
    ) -> apus_status;
    fn apus_verify(claim: *const apus_claim, proof: *const u8, length: usize, security: *const c_char) -> apus_status;
    fn apus_bytes_data(bytes: *const c_void) -> *const u8;
    fn apus_bytes_length(bytes: *const c_void) -> usize;
    fn apus_bytes_destroy(bytes: *mut c_void);
}

/// Why a call failed.
#[derive(Debug)]
pub struct Failure {
    pub status: apus_status,
    pub message: String,
}

fn check(status: apus_status) -> Result<(), Failure> {
    if status == APUS_OK {
        return Ok(());
    }
    let text = |pointer| unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned();
    let message = unsafe { format!("{}: {}", text(apus_status_name(status)), text(apus_error_message())) };
    Err(Failure { status, message })
}

fn c_string(text: &str) -> CString {
    CString::new(text).expect("names hold no NUL")
}

pub struct Engine(*mut c_void);
impl Engine {
    /// The widest instruction set, one thread for each usable CPU.
    pub fn new() -> Result<Engine, Failure> {
        let mut engine = null_mut();
        check(unsafe { apus_engine_create(null(), 0, &mut engine) })?;
        Ok(Engine(engine))
    }

    pub fn prove(&self, claim: &Claim, trace: &[u32]) -> Result<Vec<u8>, Failure> {
        let mut proof = null_mut();
        claim.with_c(|claim| unsafe {
            check(apus_prove(self.0, claim, trace.as_ptr(), trace.len(), null(), &mut proof))
        })?;
        unsafe {
            let bytes = std::slice::from_raw_parts(apus_bytes_data(proof), apus_bytes_length(proof)).to_vec();
            apus_bytes_destroy(proof);
            Ok(bytes)
        }
    }
}
impl Drop for Engine {
    fn drop(&mut self) {
        unsafe { apus_engine_destroy(self.0) }
    }
}

pub struct Graph(*mut c_void);
impl Graph {
    pub fn new(name: &str, columns: usize, public_values: usize) -> Result<Graph, Failure> {
        let mut graph = null_mut();
        check(unsafe { apus_graph_create(c_string(name).as_ptr(), columns, public_values, 0, &mut graph) })?;
        Ok(Graph(graph))
    }
    pub fn column(&self, column: usize, rotation: i32) -> apus_node {
        unsafe { apus_graph_column(self.0, column, rotation) }
    }
    pub fn constant(&self, value: u32) -> apus_node {
        unsafe { apus_graph_constant(self.0, value) }
    }
    pub fn public_value(&self, index: usize) -> apus_node {
        unsafe { apus_graph_public_value(self.0, index) }
    }
    pub fn add(&self, a: apus_node, b: apus_node) -> apus_node {
        unsafe { apus_graph_add(self.0, a, b) }
    }
    /// Requires `a` and `b` to be equal on these rows.
    pub fn require(&self, rows: u32, a: apus_node, b: apus_node, name: &str) -> Result<(), Failure> {
        unsafe {
            let difference = apus_graph_subtract(self.0, a, b);
            check(apus_graph_require_zero(self.0, rows, difference, c_string(name).as_ptr()))
        }
    }
    pub fn seal(self) -> Result<Graph, Failure> {
        check(unsafe { apus_graph_seal(self.0) })?;
        Ok(self)
    }
}
impl Drop for Graph {
    fn drop(&mut self) {
        unsafe { apus_graph_destroy(self.0) }
    }
}

/// What is proven: a trace of so many rows satisfies the graph for these public values.
pub struct Claim<'a> {
    pub graph: &'a Graph,
    pub rows: usize,
    pub public_values: Vec<u32>,
}
impl Claim<'_> {
    fn with_c<R>(&self, body: impl FnOnce(*const apus_claim) -> R) -> R {
        body(&apus_claim {
            struct_size: size_of::<apus_claim>(),
            graph: self.graph.0,
            rows: self.rows,
            public_values: self.public_values.as_ptr(),
            public_value_count: self.public_values.len(),
            public_rows: null(),
            public_row_count: 0,
            label: null(),
            label_length: 0,
        })
    }

    pub fn verify(&self, proof: &[u8]) -> Result<(), Failure> {
        let security = c_string("proven128");
        self.with_c(|claim| check(unsafe { apus_verify(claim, proof.as_ptr(), proof.len(), security.as_ptr()) }))
    }
}
