/**
 * Organisations, their users and groups. Tables: organization, app_user, user_group, group_member; the view active_user
 * says who may use the platform now. Every organisation has the groups Users (everybody) and Admin (who may hold keys
 * with the scope {@code admin}) and at least one active user in the latter. A removed user's row stays, because what the
 * user did refers to it. Whatever changes who somebody is goes through {@link ai.kubiya.server.user.IdentityChanges}.
 */
@NullMarked
package ai.kubiya.server.user;

import org.jspecify.annotations.NullMarked;
