const PAGE = 'pageInfo { hasNextPage endCursor }';

/** Everything that is imported from GoAlert, in one GraphQL query; docs/moving-to-firebell.md has it too, for a key that allows only this. */
export const GOALERT_QUERY = `query FirebellExport(
  $start: ISOTimestamp!, $end: ISOTimestamp!, $usersAfter: String = "", $rotationsAfter: String = "", $schedulesAfter: String = "",
  $userOverridesAfter: String = "", $escalationPoliciesAfter: String = "", $servicesAfter: String = ""
) {
  users(first: 100, after: $usersAfter) { nodes {
    id name email role contactMethods { id type name value disabled } notificationRules { id delayMinutes contactMethodID }
  } ${PAGE} }
  rotations(input: { first: 100, after: $rotationsAfter }) { nodes {
    id name start timeZone type shiftLength activeUserIndex userIDs users { id name } nextHandoffTimes(num: 1)
  } ${PAGE} }
  schedules(input: { first: 100, after: $schedulesAfter }) { nodes {
    id name timeZone targets { target { id type name } rules { start end weekdayFilter } }
    shifts(start: $start, end: $end) { userID start end truncated }
    temporarySchedules { start end shifts { userID start end } }
  } ${PAGE} }
  userOverrides(input: { first: 100, after: $userOverridesAfter }) { nodes {
    id start end addUserID removeUserID target { id type }
  } ${PAGE} }
  escalationPolicies(input: { first: 100, after: $escalationPoliciesAfter }) { nodes {
    id name repeat steps { id stepNumber delayMinutes targets { id type name } }
  } ${PAGE} }
  services(input: { first: 100, after: $servicesAfter }) { nodes { id name escalationPolicyID } ${PAGE} }
}`;
