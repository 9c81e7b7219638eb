/** Events: what the services tell each other and anyone who listens. One record a topic. */
@NullMarked
package io.taskweaver.model.event;

import org.jspecify.annotations.NullMarked;
