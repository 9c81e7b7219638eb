/** The Codegen agent API: runs are created, listed, resumed and stopped over HTTP. */
@NullMarked
package io.taskweaver.agents.codegen;

import org.jspecify.annotations.NullMarked;
