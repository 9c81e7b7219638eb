/** A server that speaks the Codegen agent API and needs no credentials, no network and no money. */
@NullMarked
package io.taskweaver.agents.simulated;

import org.jspecify.annotations.NullMarked;
