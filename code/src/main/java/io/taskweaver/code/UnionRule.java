package io.taskweaver.code;

import java.util.Locale;

/** Why two sides that changed the same place of a file go together all the same. In the order of how much they assume. */
enum UnionRule {
    /** Both added blocks: each stays whole. */
    BLOCKS,
    /** Both added statements of one line: what both added is there once. */
    LINES,
    /** Both added elements behind the last one of a list: the separator is added between them. */
    LIST,
    /** Both added a section with the same heading: one heading with what both put under it. */
    HEADING,
    /** One changed independent lines, such as items of a list, and the other added such lines beside them. */
    NEIGHBOURS;

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
