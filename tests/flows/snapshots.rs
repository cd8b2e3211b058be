//! Every page at three sizes, with colour and without.
