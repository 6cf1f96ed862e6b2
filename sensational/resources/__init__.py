"""What is trained, shipped as readable data, each file with its provenance beside or inside it."""
