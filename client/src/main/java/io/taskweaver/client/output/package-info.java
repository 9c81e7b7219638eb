/** The files that a run leaves behind: plan, queries, contracts, merged files, report. */
@NullMarked
package io.taskweaver.client.output;

import org.jspecify.annotations.NullMarked;
