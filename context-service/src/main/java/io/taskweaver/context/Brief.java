package io.taskweaver.context;

import java.util.List;

/**
 * What every task of a plan has to know about the plan.
 *
 * @param constraints statements that bind every task
 * @param boundaries what must not be done
 */
record Brief(String title, List<String> constraints, List<String> boundaries) {
    Brief {
        constraints = List.copyOf(constraints);
        boundaries = List.copyOf(boundaries);
    }
}
