package lift

// Near returns how many variables are in the slots of their own numbers: see [Code.Slot].
func (c *Code) Near() int { return c.near }

// Restore returns a code made of the parts of one that [Lift] has made, with its Near.
func Restore(c Code, near int) *Code {
	c.near = near
	return &c
}
