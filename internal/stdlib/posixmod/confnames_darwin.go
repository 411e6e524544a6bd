package posixmod

// The numbers of the most common configuration variables on macOS.

func pathconfNames() map[string]int {
	return map[string]int{"PC_LINK_MAX": 1, "PC_MAX_CANON": 2, "PC_MAX_INPUT": 3, "PC_NAME_MAX": 4, "PC_PATH_MAX": 5, "PC_PIPE_BUF": 6,
		"PC_CHOWN_RESTRICTED": 7, "PC_NO_TRUNC": 8, "PC_VDISABLE": 9}
}

func confstrNames() map[string]int { return map[string]int{"CS_PATH": 1} }

func sysconfNames() map[string]int {
	return map[string]int{"SC_ARG_MAX": 1, "SC_CHILD_MAX": 2, "SC_CLK_TCK": 3, "SC_NGROUPS_MAX": 4, "SC_OPEN_MAX": 5, "SC_PAGESIZE": 29, "SC_PAGE_SIZE": 29, "SC_IOV_MAX": 56,
		"SC_NPROCESSORS_CONF": 57, "SC_NPROCESSORS_ONLN": 58}
}
