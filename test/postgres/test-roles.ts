/** Prefix of the roles of all test databases: roles belong to the server. */
export const TEST_ROLES = 'shouhou_test'
