/** Events: what the services tell each other and anyone who listens. One record a topic. */
@NullMarked
package io.taskweaver.domain.event;

import org.jspecify.annotations.NullMarked;
