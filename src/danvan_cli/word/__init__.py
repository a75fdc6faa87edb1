"""Word documents in the form of Nghị định 30/2020/NĐ-CP: built, filled in, held to the decree."""
