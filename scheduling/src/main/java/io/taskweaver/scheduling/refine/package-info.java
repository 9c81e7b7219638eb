/**
 * What a plan is unsure of and an agent is asked, which of its answers hold, and changes that somebody else proposes: which
 * of them hold, and the plan that they give.
 */
@NullMarked
package io.taskweaver.scheduling.refine;

import org.jspecify.annotations.NullMarked;
