// What to offer to whom. The service decides; this only keeps from the page what it would refuse.
const RANK = {developer: 0, admin: 1, owner: 2};

const LEAST_ROLE = {
  createKeys: 'developer',
  viewUsers: 'admin',
  viewAudit: 'admin',
  changeKeys: 'owner',
  manageScopes: 'owner',
  manageUsers: 'owner',
  manageSigningKeys: 'owner',
  manageIssuers: 'owner',
  giveReservedScopes: 'owner',
};

export const ROLES = Object.keys(RANK);

export const may = (user, deed) => user !== null && RANK[user.role] >= RANK[LEAST_ROLE[deed]];
