using Crm.Accounts;
using Crm.Data;

namespace Crm.Web.Api;

/// <summary>What every operation works with: take it as <c>[AsParameters] Call call</c>.</summary>
public readonly record struct Call(CrmDb Db, CurrentUser User, Clock Clock, CancellationToken Cancel);
