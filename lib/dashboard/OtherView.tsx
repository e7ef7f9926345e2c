/** The views beside the figures: their code comes when they are opened. */
import { Later } from '../../components/dashboard/Later.tsx';
import { shownOf } from '../../components/dashboard/model.ts';
import type { AppProps } from './app-props.ts';
import type { Rights } from './rights.ts';
import type { State } from './store.ts';

const loadDevices = () => import('../../components/dashboard/DevicesView.tsx');
const loadFeedback = () => import('../../components/dashboard/feedback/FeedbackView.tsx');
/** The view, and the list of sentences the loudspeaker of a kiosk may say. */
const loadKiosks = async () => ({
  ...(await import('../../components/dashboard/kiosks/KiosksView.tsx')),
  ...(await import('../kiosk/read-aloud.ts')),
});
const loadComplaints = () => import('../../components/dashboard/complaints/ComplaintsView.tsx');
const loadLinks = () => import('../../components/dashboard/complaints/LinksView.tsx');
const loadHandover = () => import('../../components/dashboard/HandoverView.tsx');
const loadExports = () => import('../../components/dashboard/ExportImport.tsx');
const loadPacks = () => import('../../components/dashboard/packs/PacksView.tsx');
const loadCodes = () => import('../../components/dashboard/admin/CodesAdmin.tsx');
const loadUnits = () => import('../../components/dashboard/admin/UnitsAdmin.tsx');
const loadCatalogue = () => import('../../components/dashboard/admin/CatalogueAdmin.tsx');

export function OtherView(props: AppProps & { readonly state: State; readonly rights: Rights }) {
  const { source, controller, state, clock, copy } = props;
  const retry = () => controller.reload();
  switch (state.view) {
    case 'figures':
      return null;
    case 'devices':
      return (
        <Later load={loadDevices}>
          {({ DevicesView }) => (
            <DevicesView
              load={state.devices}
              source={source.kind}
              now={clock()}
              canRevoke={props.rights.canRevoke}
              acceptsDevices={source.capabilities.acceptsDevices}
              hasUnitFile={source.capabilities.hasUnitFile}
              busy={state.busy}
              onRetry={retry}
              onRevoke={(device) => controller.revoke(device)}
              onAccept={(device, name) => controller.acceptDevice(device, name)}
              onUnitFile={(passphrase, kind) => controller.saveUnitFile(passphrase, kind)}
            />
          )}
        </Later>
      );
    case 'feedback':
      return (
        <Later load={loadFeedback}>
          {({ FeedbackView }) => (
            <FeedbackView
              load={state.feedback}
              source={source.kind}
              canErase={props.rights.canChangeKiosks}
              busy={state.busy}
              onRetry={retry}
              onOpenKiosks={() => controller.go({ view: 'kiosks' })}
              onErase={(hash) => controller.eraseComment(hash)}
            />
          )}
        </Later>
      );
    case 'kiosks':
      return (
        <Later load={loadKiosks}>
          {({ KiosksView, everyPhrase }) => (
            <KiosksView
              room={{ ...state, setting: state.kioskSetting }}
              source={source.kind}
              unit={state.unit ?? ''}
              now={clock()}
              rights={props.rights}
              busy={state.busy}
              failure={state.failure}
              acts={controller.kioskActs}
              phrases={everyPhrase}
              onRetry={retry}
              onForget={() => controller.dismiss()}
              onSave={(file) => controller.saveBytes(file)}
            />
          )}
        </Later>
      );
    case 'complaints':
      return (
        <Later load={loadComplaints}>
          {({ ComplaintsView }) => (
            <ComplaintsView
              load={state.complaints}
              unit={state.unit ?? ''}
              canHandle={props.rights.canHandleComplaints}
              busy={state.busy}
              failure={state.failure}
              acts={controller.complaintActs}
              onRetry={retry}
              onForget={() => controller.dismiss()}
            />
          )}
        </Later>
      );
    case 'links':
      return (
        <Later load={loadLinks}>
          {({ LinksView }) => (
            <LinksView
              load={state.links}
              counters={shownOf(state.counters) ?? []}
              unit={state.unit ?? ''}
              now={clock()}
              canMake={props.rights.canMakeLinks}
              busy={state.busy}
              acts={controller.complaintActs}
              onRetry={retry}
            />
          )}
        </Later>
      );
    case 'handover':
      return (
        <Later load={loadHandover}>
          {({ HandoverView }) => (
            <HandoverView
              state={state.handover}
              devices={shownOf(state.devices) ?? []}
              onFiles={(files) => controller.importHandover(files)}
              onSave={(file) => controller.saveBytes(file)}
            />
          )}
        </Later>
      );
    case 'exports':
      if (!props.exports) return null;
      return (
        <Later load={loadExports}>
          {({ ExportImport }) => <ExportImport door={props.exports!} language={state.language} />}
        </Later>
      );
    case 'packs':
      return (
        <Later load={loadPacks}>
          {({ PacksView }) => (
            <PacksView
              health={state.packHealth}
              packs={state.packs}
              packRef={state.packRef}
              pack={state.pack}
              units={shownOf(state.units) ?? []}
              now={clock()}
              canDecide={props.rights.canDecidePacks}
              busy={state.busy}
              failure={state.failure}
              onRetry={retry}
              onOpen={(ref) => controller.openPack(ref)}
              onClose={() => controller.closePack()}
              onSign={(password) => controller.signPack(password)}
              onStage={(wish) => controller.stagePack(wish)}
              onRefuse={(reason) => controller.refusePack(reason)}
              onRetire={() => controller.retirePack()}
              onForget={() => controller.dismiss()}
            />
          )}
        </Later>
      );
    case 'codes':
      return (
        <Later load={loadCodes}>
          {({ CodesAdmin }) => (
            <CodesAdmin
              load={state.codes}
              units={shownOf(state.units) ?? []}
              unit={state.unit ?? ''}
              now={clock()}
              made={state.madeCode}
              busy={state.busy === 'makeCode'}
              onMake={(request) => controller.makeCode(request)}
              onHide={() => controller.hideCode()}
              onRetry={retry}
              onCopy={copy}
            />
          )}
        </Later>
      );
    case 'units':
      return (
        <Later load={loadUnits}>
          {({ UnitsAdmin }) => (
            <UnitsAdmin
              load={state.units}
              canImport={props.rights.canImportLists}
              importState={state.unitsImport}
              onRetry={retry}
              onFile={(file) => controller.checkCsv('units', file)}
              onSave={() => controller.saveCsv('units')}
              onClear={() => controller.clearCsv('units')}
            />
          )}
        </Later>
      );
    case 'catalogue':
      return (
        <Later load={loadCatalogue}>
          {({ CatalogueAdmin }) => (
            <CatalogueAdmin
              load={state.catalogue}
              hasList={source.capabilities.hasCatalogueList}
              canImport={props.rights.canImportLists}
              importState={state.catalogueImport}
              onRetry={retry}
              onFile={(file) => controller.checkCsv('catalogue', file)}
              onSave={() => controller.saveCsv('catalogue')}
              onClear={() => controller.clearCsv('catalogue')}
            />
          )}
        </Later>
      );
  }
}
