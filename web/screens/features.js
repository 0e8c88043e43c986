// Screens of the other features: [pattern, screen, parameter] and [path, label, what the API must have].
export const more = [];
export const navigation = [];
