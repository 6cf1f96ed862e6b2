"""An article as a lesson: the pupils' sheet, the teacher's key, and a form to fill in on a screen."""
