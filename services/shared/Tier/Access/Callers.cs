using System.Globalization;
using System.Security.Claims;

namespace FundingFlows.Tiers;

/// <summary>The person behind a call: an opaque handle, the same in every entry of one body, that says nothing without that body's secret.</summary>
public readonly record struct Caller(string Handle);

/// <summary>
/// Checks the caller's token and role at the body, whatever the gateway has said. Tokens were verified by ASP.NET Core's
/// bearer authentication; here their roles are read.
/// </summary>
public static class Callers
{
    /// <summary>
    /// The caller, when they hold one of the roles at the body. Throws UNAUTHENTICATED without a valid token and
    /// PERMISSION_DENIED without a role.
    /// </summary>
    public static Caller Require(this ServerCallContext context, HostedBody body, params ReadOnlySpan<Role> roles)
    {
        var (user, subject) = context.Require(body.Id, [.. roles.ToArray().SelectMany(role => Roles.ThatServeAs(role, body.Genesis.Tier))]);
        return new Caller(body.People.Of(user.FindFirstValue("iss") ?? "", subject));
    }

    /// <summary>The same at a body that is hosted elsewhere, for what is recorded in no journal.</summary>
    public static void Require(this ServerCallContext context, string body, Role role) => context.Require(body, [role]);

    private static (ClaimsPrincipal User, string Subject) Require(this ServerCallContext context, string body, IReadOnlyCollection<Role> serving)
    {
        var user = context.GetHttpContext().User;
        return user.Identity?.IsAuthenticated != true || user.FindFirstValue("sub") is not { Length: > 0 } subject ? throw Errors.Unauthenticated("A valid bearer token is needed.")
            : serving.Any(role => user.HasClaim(Roles.Claim, Roles.Written(body, role))) ? (user, subject)
            : throw Errors.NotAllowed($"This needs the role {string.Join(" or ", serving.Select(Roles.Name))} at {body}.", ("body", body));
    }

    /// <summary>Throws UNAUTHENTICATED when the token has expired since the call began: calls that last ask again and again.</summary>
    public static void RequireUnexpired(this ServerCallContext context, TimeProvider time)
    {
        if (long.TryParse(context.GetHttpContext().User.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var expiry)
            && time.GetUtcNow().ToUnixTimeSeconds() > expiry)
            throw Errors.Unauthenticated("The bearer token has expired. Go on in another call, with a new one.");
    }
}
