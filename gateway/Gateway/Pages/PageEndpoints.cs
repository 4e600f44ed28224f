using FundingFlows.Contracts.Audit.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FundingFlows.Gateway;

internal static class PageEndpoints
{
    private const string ContentPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A trace of as many pieces as the auditor shows, each with a proof for every step, is more than the 4 MiB that a client usually takes.</summary>
    private const int MostTraceBytes = 32 << 20;

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<GatewayOptions>>().Value;
            return new AuditService.AuditServiceClient(GrpcChannel.ForAddress(
                options.Instances[options.Audit].Grpc, new GrpcChannelOptions { MaxReceiveMessageSize = MostTraceBytes }));
        });
        services.AddSingleton<BodyMoneyReader>();
        services.AddSingleton<HomeModelReader>();
    }

    /// <summary>The one page, at <c>/</c>: who holds what, and the way of a payment's pounds.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapGet("/", async (string? payment, string? body, HomeModelReader reader, HttpContext context, CancellationToken cancellation) =>
        {
            var model = await reader.ReadAsync(payment?.Trim(), body?.Trim(), cancellation);
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return new RazorComponentResult<HomePage>(new { Model = model }) { StatusCode = model.StatusCode };
        });
        app.MapGet("/page.css", () => Results.Stream(typeof(PageEndpoints).Assembly.GetManifestResourceStream("page.css")!, "text/css"));
    }
}
