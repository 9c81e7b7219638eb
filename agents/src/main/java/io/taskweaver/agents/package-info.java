/** The port to coding agents; its adapters are in the packages below. */
@NullMarked
package io.taskweaver.agents;

import org.jspecify.annotations.NullMarked;
