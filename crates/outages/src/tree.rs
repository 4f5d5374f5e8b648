//! How a site's supply branches: grid, site, transformer, circuit.

use std::fmt;

/// A branching point of the supply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What people call it.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// The place of the node that feeds it; nothing for the top one.
    pub fed_by: Option<usize>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// The grid, or whatever feeds several sites.
    Grid,
    /// A site.
    Site,
    /// A transformer, or an inverter of its own.
    Transformer,
    /// A circuit or feeder, a pole.
    Circuit,
}

/// A tree of nodes, the feeding ones first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Node>,
}

/// A node is fed by one that does not stand before it, so that the tree might be a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATree {
    /// The place of the node.
    pub node: usize,
}

impl Tree {
    /// A tree of nodes; each is fed by one that stands before it, or by none.
    pub fn new(nodes: Vec<Node>) -> Result<Self, NotATree> {
        let wrong = |(place, node): (usize, &Node)| node.fed_by.is_some_and(|feeds| feeds >= place);
        match nodes.iter().enumerate().position(wrong) {
            Some(node) => Err(NotATree { node }),
            None => Ok(Self { nodes }),
        }
    }

    /// Its nodes, the feeding ones first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A node and every node above it.
    pub(crate) fn upwards(&self, node: usize) -> impl Iterator<Item = usize> {
        let above = |place: &usize| self.nodes.get(*place)?.fed_by;
        std::iter::successors(Some(node).filter(|node| *node < self.nodes.len()), above)
    }
}

impl fmt::Display for NotATree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "node {} is fed by one that does not stand before it",
            self.node
        )
    }
}

impl std::error::Error for NotATree {}
