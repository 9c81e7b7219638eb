/** What became of a plan, for people and programs: report.md, plan.json and the JSON of commands. */
@NullMarked
package io.taskweaver.reports;

import org.jspecify.annotations.NullMarked;
