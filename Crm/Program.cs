using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Crm.Accounts;
using Crm.Accounts.Security;
using Crm.Accounts.SingleSignOn;
using Crm.Accounts.Tokens;
using Crm.Admin;
using Crm.Admin.Status;
using Crm.Dashboard;
using Crm.Data;
using Crm.Data.Backups;
using Crm.Data.Checks;
using Crm.Data.Demo;
using Crm.Docs;
using Crm.Feedback;
using Crm.History;
using Crm.Imports;
using Crm.Notifications;
using Crm.Projects;
using Crm.Tasks;
using Crm.Tasks.Checklists;
using Crm.Timeline;
using Crm.Web;
using Crm.Web.Api;
using Crm.Web.Api.OpenApi;
using Crm.Web.Caching;
using Crm.Web.Configuration;
using Crm.Web.Requests;
using Crm.Webhooks;

namespace Crm;

/// <summary>Table of contents: the commands, the services, the way of a request, the endpoints.</summary>
public static class Program
{
    public static Task<int> Main(string[] args)
    {
        SqliteSettings.CountNoBytes();
        return CommandLine.RunAsync(Commands(), args);
    }

    /// <summary>The web program, ready to run.</summary>
    /// <param name="args">Settings of the host, such as <c>--urls</c>.</param>
    /// <param name="configure">What tests replace.</param>
    /// <exception cref="SettingException">A setting is unknown or says something that cannot be.</exception>
    public static WebApplication Build(DataFolder folder, string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        var settings = CommandLineSettings.Read(args);
        var builder = ConfigurationFile.Builder(folder, settings.Args);
        builder.WebHost.UseStaticWebAssets();
        builder.AddCrmLog();
        builder.Services.AddCrmData(folder);
        builder.Services.AddCrmBackups();
        builder.Services.AddCrmAccounts(folder);
        builder.Services.AddCrmAdmin();
        builder.Services.AddCrmNotifications();
        builder.Services.AddCrmWebhooks();
        builder.Services.AddCrmImportsInBackground();
        builder.Services.AddSingleton<DailyWork>().AddHostedService(provider => provider.GetRequiredService<DailyWork>());
        builder.Services.AddCrmDocs();
        builder.Services.AddCrmWeb();
        configure?.Invoke(builder);
        ConfigurationCheck.Require(builder.Configuration, settings.Problems);
        builder.Services.AddCrmSingleSignOn(builder.Configuration);
        builder.AddCrmTelemetry();

        var app = builder.Build();
        app.UseCrmProxy();
        app.UseSecurityHeaders();
        app.UseCrmHealth();
        app.Use(app.Services.GetRequiredService<RequestWatch>().RunAsync);
        app.UseHttpsWhereServed();
        app.UseHostCookies();
        app.UseResponseCompression();
        app.UseMiddleware<Maintenance>();
        app.UseCrmErrors();
        app.UseRouting();
        app.Use(RequestWatch.NoteRouteAsync);
        app.UseSizeLimits();
        app.Use(RouteValues.RefuseBlanksAsync);
        app.Use(WholeBodies.ReadAsync);
        app.UseReadableForms();
        app.UseAuthentication();
        app.Use(OwnPagesOnly.CheckAsync);
        app.Use(app.Services.GetRequiredService<RateLimits>().TellAsync);
        app.UseRateLimiter();
        app.Use(ReadOnlyTokens.CheckAsync);
        app.UseMiddleware<SetUpFirst>();
        app.UseMiddleware<SecondFactorFirst>();
        app.UseAuthorization();
        app.Use(app.Services.GetRequiredService<PageCache>().AnswerAsync);
        app.UseMiddleware<OnceOnly>();
        app.MapStaticAssets().AllowAnonymous();
        app.MapCrmHealth();
        app.MapCrmDocs();
        app.MapRazorPages().WithStaticAssets();
        ServedDocument.Map(app);
        ApiReference.Map(app);
        var api = app.MapCrmApi();
        api.MapAuth();
        api.MapPeople();
        api.MapInvitations();
        api.MapWorkspace();
        api.MapProjects();
        api.MapTasks();
        api.MapChecklists();
        api.MapComments();
        api.MapProjectMembers();
        api.MapRatings();
        api.MapDashboard();
        api.MapHistory();
        api.MapPast();
        api.MapImports();
        api.MapBackups();
        api.MapSystem();
        api.MapWebhooks();
        MakeEndpointsOnce(app);
        return app;
    }

    /// <summary>Routing and authorization each ask all sources for their endpoints, which would be made anew for each.</summary>
    private static void MakeEndpointsOnce(IEndpointRouteBuilder app)
    {
        var kept = new CompositeEndpointDataSource(app.DataSources.ToList());
        app.DataSources.Clear();
        app.DataSources.Add(kept);
    }

    internal static RootCommand Commands()
    {
        var serve = new ServeCommand();
        var root = new RootCommand("Crm: projects, clients and conversations of a small team, in one process and one file.")
        {
            serve,
            new DemoCommand(),
            new ImportCommand(),
            new UserCommand(),
            new BackupCommand(),
            new RestoreCommand(),
            new CheckCommand(),
            new HealthCommand(),
            new DocsCommand(),
        };
        root.Options.Add(CommonOptions.Data);
        root.Options.Add(CommonOptions.Urls);
        root.TreatUnmatchedTokensAsErrors = false;
        root.Action = serve.Action;
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }
}
